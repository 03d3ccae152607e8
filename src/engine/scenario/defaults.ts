/** Where a scenario's keys are unless it says otherwise. */
export const defaultRegion = 'us-east-1';
