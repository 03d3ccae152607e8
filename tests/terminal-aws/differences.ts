/** Where the terminal's `aws` prints something else than the AWS CLI, and why. The exit codes are the same. */
export const differences: Readonly<Record<string, string>> = {
  "aws kms describe-key --key-id {KEY} --query 'KeyMetadata[?'":
    'What is wrong with a JMESPath expression is said in the words of another library.',
  "aws kms describe-key --key-id {KEY} --query 'length(KeyMetadata.Enabled)'":
    'What is wrong with the use of a JMESPath function, too.',
  'aws kms create-key --generate-cli-skeleton yaml-input': 'The comments stand in other columns.',
  'aws sts who-am-i': 'Of STS there is GetCallerIdentity alone, so fewer operations are named.',
  'aws cloudtrail lookup': 'Of CloudTrail there is LookupEvents alone, so fewer operations are named.',
};
