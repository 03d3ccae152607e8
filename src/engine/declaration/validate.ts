import { AwsError } from '../errors/aws-error.ts';
import type { AnyShape, Members } from './members.ts';

/**
 * Holds a deserialized input against its declaration. Throws one `ValidationException` that lists every
 * violated constraint in AWS's words: `2 validation errors detected: Value … at 'keyId' failed to satisfy
 * constraint: Member must …; Value …`.
 */
export function validate(members: Members, input: Record<string, unknown>): void {
  const violations = membersViolations(members, input, '');
  if (violations.length === 0) return;
  const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: ${violations.join('; ')}`);
}

function membersViolations(members: Members, input: Record<string, unknown>, prefix: string): string[] {
  const violations: string[] = [];
  for (const name in members) {
    const member = members[name]!;
    const path = prefix + lowerCamel(name);
    const value = input[name];
    if (value !== undefined) violations.push(...shapeViolations(member.shape, value, path));
    else if (member.required) violations.push(violation('Value null', path, 'not be null'));
  }
  return violations;
}

function shapeViolations(shape: AnyShape, value: unknown, path: string): string[] {
  switch (shape.type) {
    case 'string':
      return stringViolations(shape, value as string, path);
    case 'blob':
      // Contents of blobs are never echoed.
      return lengthViolations(shape, (value as Uint8Array).length, 'Value', path);
    case 'integer':
      return rangeViolations(shape, value as number, path);
    case 'list': {
      const items = value as unknown[];
      const shown = `Value '[${items.map(String).join(', ')}]'`;
      return [
        ...lengthViolations(shape, items.length, shown, path),
        ...items.flatMap((item, index) => shapeViolations(shape.of, item, `${path}.${index + 1}.member`)),
      ];
    }
    case 'structure':
      return membersViolations(shape.members, value as Record<string, unknown>, `${path}.`);
    case 'boolean':
    case 'timestamp':
    case 'map':
      return [];
  }
}

function stringViolations(
  shape: Extract<AnyShape, { type: 'string' }>,
  value: string,
  path: string,
): string[] {
  // Neither are secrets.
  const shown = shape.hidden ? 'Value' : `Value '${value}'`;
  const violations = lengthViolations(shape, value.length, shown, path);
  if (shape.pattern !== undefined && !new RegExp(shape.pattern).test(value)) {
    violations.push(violation(shown, path, `satisfy regular expression pattern: ${shape.pattern}`));
  }
  if (shape.values !== undefined && !shape.values.includes(value)) {
    violations.push(violation(shown, path, `satisfy enum value set: [${shape.values.join(', ')}]`));
  }
  return violations;
}

function lengthViolations(
  limits: { min?: number; max?: number },
  length: number,
  shown: string,
  path: string,
): string[] {
  if (limits.max !== undefined && length > limits.max) {
    return [violation(shown, path, `have length less than or equal to ${limits.max}`)];
  }
  if (limits.min !== undefined && length < limits.min) {
    return [violation(shown, path, `have length greater than or equal to ${limits.min}`)];
  }
  return [];
}

function rangeViolations(limits: { min?: number; max?: number }, value: number, path: string): string[] {
  const shown = `Value '${value}'`;
  if (limits.max !== undefined && value > limits.max) {
    return [violation(shown, path, `have value less than or equal to ${limits.max}`)];
  }
  if (limits.min !== undefined && value < limits.min) {
    return [violation(shown, path, `have value greater than or equal to ${limits.min}`)];
  }
  return [];
}

function violation(shown: string, path: string, must: string): string {
  return `${shown} at '${path}' failed to satisfy constraint: Member must ${must}`;
}

/** `KeyId` → `keyId`, as AWS prints member names in messages and in CloudTrail. */
export function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
