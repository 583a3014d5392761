// The sheet of paper that pages are printed on.

/** A rule that puts a marking on every sheet, and below it what the sheet is from and its number; wide for tables. */
export function pageRule(mark: string, source: string, isWide: boolean): string {
  const text = 'font: 600 9pt sans-serif; color: #000; white-space: nowrap;';
  return `@page {
    size: A4${isWide ? ' landscape' : ''}; margin: 16mm 12mm;
    @top-center { content: ${quoted(mark)}; ${text} }
    @bottom-center { content: ${quoted(mark)}; ${text} }
    @bottom-left { content: ${quoted(source)}; font: 7pt sans-serif; }
    @bottom-right { content: counter(page) " / " counter(pages); font: 7pt sans-serif; }
  }`;
}

/** A text as a CSS string: whatever is in it stays text. */
export function quoted(text: string): string {
  const escaped = [...text].map((letter) => (/[\w .,:·-]/.test(letter) ? letter : `\\${letter.codePointAt(0)?.toString(16)} `));
  return `"${escaped.join('')}"`;
}
