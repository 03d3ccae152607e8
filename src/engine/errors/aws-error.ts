/**
 * An error that a client is meant to see, under AWS's own name (`NotFoundException`, …) and wording.
 * KMS answers every client fault with HTTP 400, whatever the service model says.
 */
export class AwsError extends Error {
  constructor(
    override readonly name: string,
    message = '',
    readonly status = 400,
  ) {
    super(message);
  }
}
