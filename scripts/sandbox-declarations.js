import { posix } from 'node:path';
import ts from 'typescript';

const virtualRoot = '/node_modules/';

/**
 * The type declarations of packages, with all that they refer to: AWS's own files, under the names that they have in
 * `node_modules`. Where one imports another, it names it by its place, so that whoever reads them needs no rules of
 * resolution.
 *
 * @param {string[]} packages
 * @returns {Record<string, string>} text by path: `/node_modules/@aws-sdk/client-kms/index.d.ts`
 */
export function collectDeclarations(packages) {
  /** @type {import('typescript').CompilerOptions} */
  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['browser'],
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const entry = `${process.cwd()}/collect-declarations.ts`;
  const imports = packages.map((name) => `import ${JSON.stringify(name)};`).join('\n');
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === entry
      ? ts.createSourceFile(name, imports, ts.ScriptTarget.ESNext)
      : getSourceFile(name, ...rest);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (name) => name === entry || fileExists(name);
  const program = ts.createProgram([entry], options, host);

  /** @param {string} specifier @param {string} from */
  const find = (specifier, from) => {
    const { resolvedModule } = ts.resolveModuleName(specifier, from, options, host);
    const file = resolvedModule?.resolvedFileName;
    return file && isWanted(file) ? file : undefined;
  };

  /** @type {Record<string, string>} */
  const files = {};
  for (const file of program.getSourceFiles()) {
    if (!isWanted(file.fileName)) continue;
    files[virtual(file.fileName)] = withPlaces(file, find);
  }
  for (const name of packages) {
    const file = find(name, entry);
    if (!file) throw new Error(`${name} has no declarations`);
    const index = `${virtualRoot}${name}/index.d.ts`;
    files[index] ??= `export * from ${JSON.stringify(placeFrom(index, file))};\n`;
  }
  return files;
}

/** @param {string} file */
function isWanted(file) {
  return file.includes(virtualRoot) && !/\/node_modules\/(typescript|@types\/node|undici-types)\//.test(file);
}

/** @param {string} file */
function virtual(file) {
  return file.slice(file.indexOf(virtualRoot));
}

/**
 * @param {string} importer
 * @param {string} file
 */
function placeFrom(importer, file) {
  const place = posix.relative(posix.dirname(importer), virtual(file)).replace(/\.d\.ts$/, '');
  return place.startsWith('.') ? place : `./${place}`;
}

/**
 * @param {import('typescript').SourceFile} file
 * @param {(specifier: string, from: string) => string | undefined} find
 */
function withPlaces(file, find) {
  /** @type {{ start: number; end: number; place: string }[]} */
  const edits = [];
  /** @param {import('typescript').Node | undefined} node */
  const note = (node) => {
    if (!node || !ts.isStringLiteral(node)) return;
    const found = find(node.text, file.fileName);
    if (found)
      edits.push({
        start: node.getStart(file),
        end: node.getEnd(),
        place: placeFrom(virtual(file.fileName), found),
      });
  };
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) note(node.moduleSpecifier);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal);
    ts.forEachChild(node, visit);
  };
  visit(file);
  let text = file.text;
  for (const { start, end, place } of edits.reverse())
    text = text.slice(0, start) + JSON.stringify(place) + text.slice(end);
  return text.replace(/^\/\/# sourceMappingURL=.*$/m, '').replace(/^\/\/\/ <reference types="node".*$/gm, '');
}
