/** An AWS service that keeps a KMS key for itself in each account that uses it. */
export interface ManagedKeyService {
  /** The alias is `alias/aws/` and this. */
  name: string;
  /** What the key's description says that it protects. */
  protects: string;
  /** The service as the key policy's statement ids name it. */
  title: string;
  /** Id of the key policy. */
  policyId: string;
  /** First part of the service's kms:ViaService values, where it is not `name`. */
  via?: string[];
  /** What principals may do through the service; `dataAndGrants` unless told. */
  actions?: readonly string[];
  /** The service calls from any Region. */
  anyRegion?: true;
  /** Its service principal may look at the key directly, under a statement of this id. */
  described?: string;
}

const data = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const dataOnly = [...data, 'kms:DescribeKey'];
/** With kms:CreateGrant goes kms:RevokeGrant for the account. */
export const dataAndGrants = [...data, 'kms:CreateGrant', 'kms:DescribeKey'];
const dataAndGrantList = [...data, 'kms:CreateGrant', 'kms:ListGrants', 'kms:DescribeKey'];

const directly = (service: string, principal: string) =>
  `Allow ${service} with service principal name ${principal}.amazonaws.com to describe the key directly`;

/**
 * Every service with an AWS managed key in us-east-1; since 2021 there are no new ones. Titles, policy ids and
 * actions are those of the key policies that AWS writes, as read in an account by github.com/FogSecurity/aws-managed-kms-keys.
 */
export const managedKeyServices: readonly ManagedKeyService[] = [
  {
    name: 'acm',
    protects: 'ACM private keys',
    title: 'ACM',
    policyId: 'auto-acm-4',
    actions: ['kms:Decrypt', 'kms:CreateGrant', 'kms:DescribeKey'],
  },
  {
    name: 'appflow',
    protects: 'AppFlow data',
    title: 'Amazon AppFlow',
    policyId: 'auto-appflow-2',
    described: directly('AppFlow Service', 'appflow'),
  },
  {
    name: 'backup',
    protects: 'Backup data',
    title: 'Backup',
    policyId: 'auto-backup-1',
    actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey*'],
  },
  { name: 'cloud9', protects: 'Cloud9 data', title: 'Cloud9', policyId: 'auto-cloud9-1', actions: dataOnly },
  {
    name: 'codeartifact',
    protects: 'CodeArtifact data',
    title: 'Amazon CodeArtifact',
    policyId: 'auto-codeartifact-1',
    described: directly('CodeArtifact Service', 'codeartifact'),
  },
  {
    name: 'codecommit',
    protects: 'CodeCommit repositories',
    title: 'CodeCommit',
    policyId: 'auto-codecommit-2',
    actions: dataOnly,
  },
  {
    name: 'connect',
    protects: 'Connect data',
    title: 'Connect',
    policyId: 'auto-connect-3',
    actions: ['kms:CreateGrant', 'kms:Describe*', 'kms:Get*', 'kms:List*'],
    described: 'Allow Connect to directly describe the key',
  },
  { name: 'dax', protects: 'DAX data', title: 'DAX', policyId: 'auto-dax-1', actions: dataAndGrantList },
  { name: 'dms', protects: 'DMS data', title: 'DMS', policyId: 'auto-dms-1', actions: dataAndGrantList },
  {
    name: 'dynamodb',
    protects: 'DynamoDB data',
    title: 'Amazon DynamoDB',
    policyId: 'auto-dynamodb-3',
    anyRegion: true,
    described: 'Allow DynamoDB to directly describe the key',
  },
  { name: 'ebs', protects: 'EBS volumes', title: 'EBS', policyId: 'auto-ebs-2', via: ['ec2'] },
  {
    name: 'ecr',
    protects: 'ECR data',
    title: 'Amazon ECR',
    policyId: 'auto-ecr-1',
    actions: [...dataAndGrants, 'kms:RetireGrant'],
  },
  {
    name: 'eks',
    protects: 'EKS data',
    title: 'Amazon EKS',
    policyId: 'auto-eks-1',
    described: 'Allow the EKS Service to describe the key directly',
  },
  {
    name: 'elasticache',
    protects: 'ElastiCache data',
    title: 'ElastiCache Service',
    policyId: 'auto-elasticache-1',
    actions: dataAndGrantList,
    described: 'Allow ElastiCache service principals to describe the key directly',
  },
  {
    name: 'elasticfilesystem',
    protects: 'EFS filesystems',
    title: 'EFS',
    policyId: 'auto-elasticfilesystem-1',
  },
  {
    name: 'es',
    protects: 'OpenSearch data',
    title: 'OpenSearch Service',
    policyId: 'auto-es-2',
    described: 'Allow OpenSearch service principals to describe the key directly',
  },
  { name: 'fsx', protects: 'FSx resources', title: 'FSx', policyId: 'auto-fsx-1', actions: dataAndGrantList },
  { name: 'glue', protects: 'Glue data', title: 'Glue', policyId: 'auto-glue-1' },
  {
    name: 'imagebuilder',
    protects: 'Image Builder data',
    title: 'Amazon EC2 Image Builder',
    policyId: 'auto-imagebuilder-1',
    described: 'Allow the EC2 Image Builder Service to describe the key directly',
  },
  {
    name: 'kafka',
    protects: 'MSK data',
    title: 'Kafka',
    policyId: 'auto-kafka-1',
    actions: dataAndGrantList,
  },
  {
    name: 'kendra',
    protects: 'Kendra data',
    title: 'Amazon Kendra',
    policyId: 'auto-kendra-1',
    described: 'Allow Kendra Service to describe the key directly',
  },
  {
    name: 'kinesis',
    protects: 'Kinesis data',
    title: 'Amazon Kinesis',
    policyId: 'auto-kinesis-1',
    actions: dataOnly,
  },
  {
    name: 'kinesisvideo',
    protects: 'Kinesis Video data',
    title: 'Kinesis Video Streams',
    policyId: 'auto-kinesisvideo-1',
  },
  { name: 'lambda', protects: 'Lambda functions', title: 'AWS Lambda', policyId: 'auto-awslambda' },
  { name: 'lex', protects: 'Lex data', title: 'lex', policyId: 'auto-lex-1' },
  {
    name: 'lightsail',
    protects: 'Lightsail data',
    title: 'Lightsail',
    policyId: 'auto-lightsail-1',
    actions: dataOnly,
    described: directly('Lightsail', 'lightsail'),
  },
  {
    name: 'mq',
    protects: 'MQ data',
    title: 'Amazon MQ',
    policyId: 'auto-mq-1',
    via: ['mq', 'elasticfilesystem'],
  },
  {
    name: 'rds',
    protects: 'RDS database volumes',
    title: 'RDS',
    policyId: 'auto-rds-2',
    actions: dataAndGrantList,
  },
  {
    name: 'redshift',
    protects: 'Redshift clusters',
    title: 'RedShift',
    policyId: 'auto-redshift-3',
    via: ['redshift', 'redshift-serverless'],
  },
  { name: 's3', protects: 'S3 objects', title: 'S3', policyId: 'auto-s3-2', actions: dataOnly },
  {
    name: 'secretsmanager',
    protects: 'Secrets Manager data',
    title: 'AWS Secrets Manager',
    policyId: 'auto-secretsmanager-2',
  },
  { name: 'ses', protects: 'SES messages', title: 'SES', policyId: 'auto-ses-2', actions: dataOnly },
  {
    name: 'sns',
    protects: 'SNS data',
    title: 'SNS',
    policyId: 'auto-sns-1',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:ListGrants', 'kms:DescribeKey'],
  },
  { name: 'sqs', protects: 'SQS messages', title: 'Simple Queue Service (SQS)', policyId: 'auto-sqs-1' },
  { name: 'ssm', protects: 'SSM parameters', title: 'SSM', policyId: 'auto-ssm-1', actions: dataOnly },
  {
    name: 'timestream',
    protects: 'Timestream data',
    title: 'Amazon Timestream',
    policyId: 'auto-timestream-1',
    described: 'Allow the Timestream Service to describe the key directly',
  },
  {
    name: 'translate',
    protects: 'Translate data',
    title: 'Amazon Translate',
    policyId: 'auto-translate-1',
    described: directly('Translate Service', 'translate'),
  },
  {
    name: 'workspaces',
    protects: 'WorkSpaces volumes',
    title: 'Workspaces',
    policyId: 'auto-workspaces-1',
    actions: dataAndGrantList,
  },
  {
    name: 'xray',
    protects: 'X-Ray data',
    title: 'X-Ray',
    policyId: 'auto-xray-1',
    described: directly('X-Ray Service', 'xray'),
  },
];
