/**
 * The commands of AWS's own guides, as they are pasted: KMS Developer Guide ("Importing key material", "Offline
 * verification", "Download a public key"), the AWS CLI's examples for kms. Placeholders are shell variables here.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { openMemoryCloud, pooledRsa } from '../support/cloud.ts';
import { openTerminal, useOwnStore, type Terminal } from './support.ts';

useOwnStore();

let cloud: Cloud;
let terminal: Terminal;

beforeAll(async () => {
  cloud = await openMemoryCloud(pooledRsa);
  terminal = await openTerminal(cloud);
});

afterAll(async () => {
  terminal.machine.close();
  await cloud.close();
});

const tutorials: { title: string; lines: string; answer: string }[] = [
  {
    title: 'encrypt and decrypt a file (AWS CLI, examples of encrypt and decrypt)',
    lines: `
echo "my secret" > ExamplePlaintextFile
KEY=$(aws kms create-key --description "Example" --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/ExampleAlias --target-key-id $KEY
aws kms encrypt \\
    --key-id alias/ExampleAlias \\
    --plaintext fileb://ExamplePlaintextFile \\
    --output text \\
    --query CiphertextBlob | base64 \\
    --decode > ExampleEncryptedFile
aws kms decrypt \\
    --ciphertext-blob fileb://ExampleEncryptedFile \\
    --key-id alias/ExampleAlias \\
    --output text \\
    --query Plaintext | base64 \\
    --decode
`,
    answer: 'my secret\n',
  },
  {
    title: 'the same without files: what is piped in, and what a command gives',
    lines: `
CIPHERTEXT=$(echo piped | aws kms encrypt --key-id alias/ExampleAlias --plaintext fileb:///dev/stdin --query CiphertextBlob --output text)
aws kms decrypt --ciphertext-blob fileb://<(echo "$CIPHERTEXT" | base64 --decode) --query Plaintext --output text | base64 --decode
`,
    answer: 'piped\n',
  },
  {
    title: 'encrypt a file under a data key, with openssl',
    lines: `
echo "a long letter" > letter.txt
aws kms generate-data-key --key-id alias/ExampleAlias --key-spec AES_256 --output json > datakey.json
jq -r .CiphertextBlob datakey.json | base64 -d > datakey.encrypted
openssl enc -aes-256-cbc -pbkdf2 -in letter.txt -out letter.enc -pass file:<(jq -r .Plaintext datakey.json)
rm datakey.json letter.txt
aws kms decrypt --ciphertext-blob fileb://datakey.encrypted --query Plaintext --output text > datakey.plain
openssl enc -d -aes-256-cbc -pbkdf2 -in letter.enc -pass file:datakey.plain
`,
    answer: 'a long letter\n',
  },
  {
    title: 'import key material for a symmetric key, RSAES_OAEP_SHA_256',
    lines: `
KEY=$(aws kms create-key --origin EXTERNAL --query KeyMetadata.KeyId --output text)
aws kms get-parameters-for-import \\
    --key-id $KEY \\
    --wrapping-algorithm RSAES_OAEP_SHA_256 \\
    --wrapping-key-spec RSA_3072 > parameters.json
jq -r .PublicKey parameters.json | openssl base64 -d -A -out WrappingPublicKey.bin
jq -r .ImportToken parameters.json | openssl enc -d -base64 -A -out ImportToken.bin
openssl rand -out PlaintextKeyMaterial.bin 32
openssl pkeyutl \\
    -encrypt \\
    -in PlaintextKeyMaterial.bin \\
    -out EncryptedKeyMaterial.bin \\
    -inkey WrappingPublicKey.bin \\
    -keyform DER \\
    -pubin \\
    -pkeyopt rsa_padding_mode:oaep \\
    -pkeyopt rsa_oaep_md:sha256 \\
    -pkeyopt rsa_mgf1_md:sha256
aws kms import-key-material --key-id $KEY \\
    --encrypted-key-material fileb://EncryptedKeyMaterial.bin \\
    --import-token fileb://ImportToken.bin \\
    --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE > /dev/null
aws kms describe-key --key-id $KEY --query 'KeyMetadata.[KeyState,Origin]' --output text
`,
    answer: 'Enabled\tEXTERNAL\n',
  },
  {
    title: 'import an asymmetric private key, RSA_AES_KEY_WRAP_SHA_256',
    lines: `
openssl ecparam -name prime256v1 -genkey -noout -out ecc.pem
openssl pkcs8 -topk8 -outform der -nocrypt -in ecc.pem > PrivateKey.der
KEY=$(aws kms create-key --origin EXTERNAL --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms get-parameters-for-import --key-id $KEY --wrapping-algorithm RSA_AES_KEY_WRAP_SHA_256 --wrapping-key-spec RSA_2048 > parameters.json
jq -r .PublicKey parameters.json | base64 -d > WrappingPublicKey.bin
jq -r .ImportToken parameters.json | base64 -d > ImportToken.bin
openssl rand -out aes-key.bin 32
openssl enc -id-aes256-wrap-pad \\
    -K "$(xxd -p < aes-key.bin | tr -d '\\n')" \\
    -iv A65959A6 \\
    -in PrivateKey.der \\
    -out key-material-wrapped.bin
openssl pkeyutl -encrypt -in aes-key.bin -out aes-key-wrapped.bin -inkey WrappingPublicKey.bin -keyform DER -pubin \\
    -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256
cat aes-key-wrapped.bin key-material-wrapped.bin > EncryptedKeyMaterial.bin
aws kms import-key-material --key-id $KEY --encrypted-key-material fileb://EncryptedKeyMaterial.bin --import-token fileb://ImportToken.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE > /dev/null
aws kms get-public-key --key-id $KEY --output text --query PublicKey | base64 -d > kms-public.der
openssl ec -in ecc.pem -pubout -outform DER -out own-public.der 2> /dev/null
diff <(xxd -p kms-public.der) <(xxd -p own-public.der) && echo the same key
`,
    answer: 'the same key\n',
  },
  ...[
    { spec: 'ECC_NIST_P384', algorithm: 'ECDSA_SHA_384', digest: '-sha384', options: '' },
    { spec: 'RSA_2048', algorithm: 'RSASSA_PKCS1_V1_5_SHA_256', digest: '-sha256', options: '' },
    {
      spec: 'RSA_2048',
      algorithm: 'RSASSA_PSS_SHA_512',
      digest: '-sha512',
      options: '-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest',
    },
  ].map(({ spec, algorithm, digest, options }) => ({
    title: `verify a signature offline: ${algorithm}`,
    lines: `
printf 'to be signed' > message.txt
KEY=$(aws kms create-key --key-spec ${spec} --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $KEY --output text --query PublicKey | base64 --decode > public.der
openssl pkey -pubin -inform DER -in public.der -out public.pem
aws kms sign --key-id $KEY --message fileb://message.txt --message-type RAW --signing-algorithm ${algorithm} --output text --query Signature | base64 --decode > message.sig
openssl dgst ${digest} -verify public.pem ${options} -signature message.sig message.txt
printf '.' >> message.txt
openssl dgst ${digest} -verify public.pem ${options} -signature message.sig message.txt
`,
    answer: 'Verified OK\nVerification failure\n',
  })),
  {
    title: 'encrypt outside of KMS with a downloaded public key',
    lines: `
KEY=$(aws kms create-key --key-spec RSA_2048 --key-usage ENCRYPT_DECRYPT --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $KEY --output text --query PublicKey | base64 -d > public.der
echo "for KMS alone" | openssl pkeyutl -encrypt -pubin -keyform DER -inkey public.der -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -out sealed.bin
aws kms decrypt --key-id $KEY --ciphertext-blob fileb://sealed.bin --encryption-algorithm RSAES_OAEP_SHA_256 --query Plaintext --output text | base64 -d
`,
    answer: 'for KMS alone\n',
  },
  {
    title: 'a MAC under an imported HMAC key is the one that openssl makes',
    lines: `
KEY=$(aws kms create-key --origin EXTERNAL --key-spec HMAC_256 --key-usage GENERATE_VERIFY_MAC --query KeyMetadata.KeyId --output text)
aws kms get-parameters-for-import --key-id $KEY --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048 > parameters.json
jq -r .PublicKey parameters.json | base64 -d > wrapping.bin
jq -r .ImportToken parameters.json | base64 -d > token.bin
openssl rand 32 > mac.key
openssl pkeyutl -encrypt -pubin -keyform DER -inkey wrapping.bin -in mac.key -out wrapped.bin -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256
aws kms import-key-material --key-id $KEY --encrypted-key-material fileb://wrapped.bin --import-token fileb://token.bin --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE > /dev/null
printf 'a message' > message
aws kms generate-mac --key-id $KEY --message fileb://message --mac-algorithm HMAC_SHA_256 --query Mac --output text | base64 -d > kms.mac
openssl dgst -sha256 -mac HMAC -macopt hexkey:$(xxd -p -c 64 mac.key) -binary message > own.mac
diff <(xxd -p kms.mac) <(xxd -p own.mac) && aws kms verify-mac --key-id $KEY --message fileb://message --mac fileb://own.mac --mac-algorithm HMAC_SHA_256 --query MacValid
`,
    answer: 'true\n',
  },
  {
    title: 'agree on a secret by ECDH, KMS on one side and openssl on the other',
    lines: `
KEY=$(aws kms create-key --key-spec ECC_NIST_P256 --key-usage KEY_AGREEMENT --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $KEY --output text --query PublicKey | base64 -d > alice.der
openssl pkey -pubin -inform DER -in alice.der -out alice.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out bob.pem
openssl pkey -in bob.pem -pubout -outform DER -out bob.der
aws kms derive-shared-secret --key-id $KEY --public-key fileb://bob.der --key-agreement-algorithm ECDH --query SharedSecret --output text | base64 -d > alice.secret
openssl pkeyutl -derive -inkey bob.pem -peerkey alice.pem -out bob.secret
diff <(xxd alice.secret) <(xxd bob.secret) && echo one secret
`,
    answer: 'one secret\n',
  },
];

test.for(tutorials)('$title', async ({ lines, answer }) => {
  expect(await terminal.say(lines)).toBe(answer);
});
