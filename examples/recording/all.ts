import type { ExampleRequests, ExampleScenario } from './example.ts';

const scenarios = import.meta.glob<ExampleScenario>('../*/scenario.ts', { eager: true, import: 'scenario' });
const requests = import.meta.glob<ExampleRequests>('../*/requests.ts', { eager: true, import: 'requests' });

/** All examples, each by the name of its folder. */
export const examples = new Map(
  Object.entries(scenarios).map(([path, scenario]) => {
    const name = path.split('/').at(-2)!;
    const send = requests[path.replace('scenario.ts', 'requests.ts')];
    if (!send) throw new Error(`The example ${name} has no requests.`);
    return [name, { scenario, requests: send }];
  }),
);
