/** Saves a file by the browser's own download, under this name. */
export function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the file once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
