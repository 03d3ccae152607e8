/** Where the terminal's `aws` prints something else than the AWS CLI, and why. The exit codes are the same. */
export const differences: Readonly<Record<string, string>> = {
  "aws kms describe-key --key-id {KEY} --query 'KeyMetadata[?'":
    'What is wrong with a JMESPath expression is said in the words of another library.',
  'aws sts who-am-i': 'Of STS there is GetCallerIdentity alone, so fewer operations are named.',
  'aws cloudtrail lookup': 'Of CloudTrail there is LookupEvents alone, so fewer operations are named.',
};
