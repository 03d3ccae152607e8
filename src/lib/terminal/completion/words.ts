/** The command line up to the cursor, taken apart as far as completion needs it. */
export interface TypedWords {
  /** The words of the command in which the cursor stands, without quotes; the last one is being typed, and may be empty. */
  words: string[];
  /** Where the word that is being typed begins in the line. */
  start: number;
  /** The quote in which the cursor stands. */
  quote: '"' | "'" | undefined;
}

export function typedWords(line: string): TypedWords {
  let words: string[] = [];
  let word = '';
  let start = -1;
  let quote: '"' | "'" | undefined;
  const begin = (at: number) => {
    if (start < 0) start = at;
  };
  const end = () => {
    if (start >= 0) words.push(word);
    word = '';
    start = -1;
  };
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word += character;
    } else if (character === '"' || character === "'") {
      begin(at);
      quote = character;
    } else if (character === '\\' && at + 1 < line.length) {
      begin(at);
      // A line that goes on in the next one.
      const next = line[at + 1]!;
      if (next !== '\n') word += next;
      at++;
    } else if (/\s/.test(character)) end();
    else if (/[|;&()`<>]/.test(character)) {
      end();
      // What is redirected to is a file of the same command.
      if (!/[<>]/.test(character)) words = [];
      else words.push(character);
    } else {
      begin(at);
      word += character;
    }
  }
  // `NAME=value` before a command is no command.
  const assignments = words.findIndex((each) => !/^\w+=/.test(each));
  const own = assignments > 0 ? words.slice(assignments) : words;
  return {
    words: [...(assignments === -1 ? [] : own), word],
    start: start < 0 ? line.length : start,
    quote,
  };
}
