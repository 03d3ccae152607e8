/** The plain way to encrypt a file: read all of it, one `subtle.encrypt`, write all of it to the private file system. */
interface SyncAccess {
  write(bytes: Uint8Array<ArrayBuffer>): number;
  flush(): void;
  close(): void;
}

type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

const fileName = 'whole-file-bench';

onmessage = async ({ data: { file, key } }: MessageEvent<{ file: Blob; key: CryptoKey }>) => {
  const bytes = await file.arrayBuffer();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes);
  const folder = await navigator.storage.getDirectory();
  const handle = (await folder.getFileHandle(fileName, { create: true })) as SyncFileHandle;
  const access = await handle.createSyncAccessHandle();
  access.write(new Uint8Array(sealed));
  access.flush();
  access.close();
  await folder.removeEntry(fileName);
  postMessage('done');
};
