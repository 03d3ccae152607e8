import type { editor } from 'monaco-editor/editor/editor.api';
import type { Monaco } from '$lib/monaco/load.ts';
import type { Finding } from '../lint/finding.ts';
import type { Schema } from './schema-parts.ts';

const schemaUri = 'glass://policy.schema.json';
/** Where models of policies live: their paths begin so. */
export const policyFolder = 'policy';

/** Has Monaco complete and explain policies by this schema. It is the lint that judges them. */
export function teachPolicies({ json }: Monaco, schema: Schema): void {
  const defaults = json.jsonDefaults;
  const others = (defaults.diagnosticsOptions.schemas ?? []).filter(({ uri }) => uri !== schemaUri);
  defaults.setDiagnosticsOptions({
    ...defaults.diagnosticsOptions,
    validate: false,
    enableSchemaRequest: false,
    schemas: [...others, { uri: schemaUri, fileMatch: [`**/${policyFolder}/*.json`], schema }],
  });
}

/** Underlines what the lint has found. */
export function markFindings(
  monaco: Monaco,
  shown: editor.IStandaloneCodeEditor,
  findings: readonly Finding[],
): void {
  const model = shown.getModel();
  if (!model) return;
  const severities = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    advice: monaco.MarkerSeverity.Info,
  };
  const markers = findings.map(({ severity, message, from, to }) => {
    const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
    return {
      ...{ severity: severities[severity], message },
      ...{ startLineNumber: start.lineNumber, startColumn: start.column },
      ...{ endLineNumber: end.lineNumber, endColumn: end.column },
    };
  });
  monaco.editor.setModelMarkers(model, policyFolder, markers);
}

/** Brings the cursor to a place of the text. */
export function goTo(shown: editor.IStandaloneCodeEditor, { from, to }: Pick<Finding, 'from' | 'to'>): void {
  const model = shown.getModel();
  if (!model) return;
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
  const range = {
    ...{ startLineNumber: start.lineNumber, startColumn: start.column },
    ...{ endLineNumber: end.lineNumber, endColumn: end.column },
  };
  shown.setSelection(range);
  shown.revealRangeInCenterIfOutsideViewport(range);
  shown.focus();
}
