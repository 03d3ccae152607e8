import { operationNamed } from '$lib/operations/operations.ts';

/** The member of KeyMetadata that lists a key's algorithms, and where a request names one. */
const places = {
  EncryptionAlgorithms: ['Encrypt', 'EncryptionAlgorithm'],
  SigningAlgorithms: ['Sign', 'SigningAlgorithm'],
  MacAlgorithms: ['GenerateMac', 'MacAlgorithm'],
} as const;

export type AlgorithmMember = keyof typeof places;

/** Every algorithm that KMS knows of a kind, as the operation declares them. */
export function allAlgorithms(member: AlgorithmMember): readonly string[] {
  const [operation, name] = places[member];
  const shape = operationNamed(operation)?.input.find((one) => one.name === name)?.shape;
  return shape?.type === 'string' ? (shape.values ?? []) : [];
}
