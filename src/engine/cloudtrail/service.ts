import { auditedParameters, readInput } from '../declaration/input.ts';
import { writeOutput } from '../declaration/output.ts';
import type { Call, JsonObject, Service } from '../service/service.ts';
import { lookupEvents, lookupEventsInput } from './lookup-events.ts';
import { permit } from '../service/permit.ts';

/**
 * AWS CloudTrail as a service behind the gateway, as far as reading the event history goes. Like every
 * request, a look into the history is itself recorded in it.
 */
export function cloudTrailService(): Service {
  return {
    targetPrefix: 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101',
    signingName: 'cloudtrail',
    eventSource: 'cloudtrail.amazonaws.com',
    operation: (name) => (name === 'LookupEvents' ? { readOnly: true } : undefined),
    async invoke(_name, json: JsonObject, call: Call) {
      const input = readInput(lookupEventsInput, json);
      call.audit.requestParameters = auditedParameters(lookupEventsInput, input);
      permit(call, 'cloudtrail:LookupEvents');
      return writeOutput(lookupEvents(call, input));
    },
  };
}
