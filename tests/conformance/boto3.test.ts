import { describe, expect, onTestFinished, test } from 'vitest';
import { openTestCloud } from '../support/cloud.ts';
import { bridge } from '../support/http-bridge.ts';
import { available, awsEnvironment, runProgram } from '../support/programs.ts';

/** A program such as a developer would write; each line that it prints is one fact about the service. */
const program = `
import hashlib, sys
import boto3
from botocore.config import Config

kms = boto3.client('kms', endpoint_url=sys.argv[1], config=Config(retries={'max_attempts': 1}))

key = kms.create_key(Description='from Python', Tags=[])['KeyMetadata']
print('state', key['KeyState'])
print('created', key['CreationDate'].tzinfo is not None)
kms.create_alias(AliasName='alias/python', TargetKeyId=key['KeyId'])

context = {'who': 'boto3'}
blob = kms.encrypt(KeyId='alias/python', Plaintext=b'secret', EncryptionContext=context)['CiphertextBlob']
print('opened', kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)['Plaintext'].decode())
try:
    kms.decrypt(CiphertextBlob=blob)
except kms.exceptions.InvalidCiphertextException as error:
    print('refused', error.response['Error']['Code'], repr(error.response['Error']['Message']))

data_key = kms.generate_data_key(KeyId=key['Arn'], KeySpec='AES_256')
print('data key', kms.decrypt(CiphertextBlob=data_key['CiphertextBlob'])['Plaintext'] == data_key['Plaintext'])

signer = kms.create_key(KeySpec='RSA_2048', KeyUsage='SIGN_VERIFY')['KeyMetadata']['KeyId']
terms = dict(KeyId=signer, MessageType='DIGEST', SigningAlgorithm='RSASSA_PKCS1_V1_5_SHA_256',
             Message=hashlib.sha256(b'message').digest())
signature = kms.sign(**terms)['Signature']
print('verified', kms.verify(**terms, Signature=signature)['SignatureValid'])

pages = kms.get_paginator('list_keys').paginate(PaginationConfig={'PageSize': 1})
print('pages', [len(page['Keys']) for page in pages])

sts = boto3.client('sts', endpoint_url=sys.argv[1])
print('who', sts.get_caller_identity()['Arn'])
`;

describe.runIf(available('python3', ['-c', 'import boto3']))('boto3', () => {
  test('does a day’s work', { timeout: 120_000 }, async () => {
    const cloud = await openTestCloud();
    const { url, close } = await bridge(cloud);
    onTestFinished(close);
    const env = { ...awsEnvironment(cloud, 'Ada'), PYTHONWARNINGS: 'ignore' };
    const { code, stdout, stderr } = await runProgram('python3', ['-c', program, url], env);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toEqual([
      'state Enabled',
      'created True',
      'opened secret',
      "refused InvalidCiphertextException ''",
      'data key True',
      'verified True',
      'pages [1, 1]',
      'who arn:aws:iam::111122223333:user/Ada',
    ]);
  });
});
