/** Gives a library's exports to the worker that has run its bundle. */
export function registerLibrary(name: string, exports: Record<string, unknown>): void {
  (globalThis as unknown as { glassLibraries: Record<string, unknown> }).glassLibraries[name] = exports;
}
