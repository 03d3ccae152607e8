/** Regions that the picture offers for new keys and replicas; any other can be had with the AWS CLI or an SDK. */
export const offeredRegions = [
  'us-east-1',
  'us-west-2',
  'ca-central-1',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
] as const;
