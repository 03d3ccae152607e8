import type { ExampleRequests } from '../recording/example.ts';

/** What S3 asks for each object (S3 User Guide, "Using server-side encryption with AWS KMS keys"). */
export const requests: ExampleRequests = ({ kms }) =>
  kms('Ada').generateDataKey({
    KeyId: 'alias/aws/s3',
    KeySpec: 'AES_256',
    EncryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::invoices/17.pdf' },
  });
