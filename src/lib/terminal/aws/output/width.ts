/**
 * Signs of East Asian scripts take two columns; so do, for the AWS CLI, those that do in East Asian fonts (UAX #11,
 * "ambiguous"): here the ones of Latin, Greek and Cyrillic, and usual punctuation.
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

const ambiguous =
  /[¡¤§¨ª\u00ad®°-´¶-º¼-¿ÆÐ×ØÞ-áæè-êìíðòó÷-úüþāđēěĦħīı-ĳĸĿ-łńň-ŋōŒœŦŧūΑ-ΡΣ-Ωα-ρσ-ωЁА-яё‐–-‖‘’“”†-•․-‧‰′″‵※‾€℃№™Ω←-↙─-╋■□★☆]|[\u0300-\u036f]/;

/** Columns of a terminal that a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) || ambiguous.test(character) ? 2 : 1;
  return width;
}
