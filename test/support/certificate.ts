// A certificate that signs itself, because Node makes keys but no certificates. X.509 in DER: each part is a tag, a length and its content.
import { generateKeyPairSync, sign } from 'node:crypto';

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header = length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.from(header), content]);
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const text = (tag: number, value: string) => der(tag, Buffer.from(value));
const bytes = (hex: string) => Buffer.from(hex, 'hex');

/** Returns a certificate for `host`, and its key, as PEM. It is valid from 2020 to 2049. */
export function selfSigned(host: string): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(der(6, bytes('2a8648ce3d040302'))); // ECDSA with SHA-256
  const name = sequence(der(0x31, sequence(der(6, bytes('550403')), text(0x0c, host))));
  const alternativeNames = sequence(der(6, bytes('551d11')), der(4, sequence(text(0x82, host))));
  const body = sequence(
    der(0xa0, der(2, bytes('02'))),
    der(2, bytes('01')),
    algorithm,
    name,
    sequence(text(0x17, '200101000000Z'), text(0x17, '491231000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames)),
  );
  const certificate = sequence(body, algorithm, der(3, bytes('00'), sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
