/** Made by `scripts/sandbox-plugin.js`: where the files stand. */
declare module 'virtual:sandbox' {
  /** The frame's page. */
  export const frame: string;
  /** Scripts, to be handed into the sandbox as text. */
  export const worker: string;
  export const clientKms: string;
  export const encryptionSdk: string;
  /** The libraries' type declarations: JSON, text by path. */
  export const declarations: string;
  /** Of the libraries, by name. */
  export const versions: Record<string, string>;
}
