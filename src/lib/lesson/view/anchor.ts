/** The id of a step's section on the page. */
export const stepAnchor = (step: string): string => `step-${step}`;
