/** Services that come to KMS most often (KMS Developer Guide, "How AWS services use AWS KMS"). */
export const services = [
  's3',
  'ec2',
  'rds',
  'dynamodb',
  'secretsmanager',
  'sns',
  'sqs',
  'lambda',
  'logs',
  'cloudtrail',
];
