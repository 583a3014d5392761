// Which words of a text changed: the longest common run of words stays, the rest was dropped or added.

export interface Part {
  kind: 'kept' | 'dropped' | 'added';
  text: string;
}

/** With less in common than this the words are not marked: the text was written anew. */
const COMMON_MIN = 0.5;

/** Whether marking single words helps: enough of both texts stayed. */
export function isRewritten(parts: readonly Part[]): boolean {
  const length = (wanted: readonly Part['kind'][]): number =>
    parts.filter(({ kind }) => wanted.includes(kind)).reduce((sum, { text }) => sum + words(text).length, 0);
  const longer = Math.max(length(['kept', 'dropped']), length(['kept', 'added']));
  return longer > 0 && length(['kept']) / longer < COMMON_MIN;
}

/** Both texts in one: kept words once, dropped and added ones where they stand. */
export function compared(before: string, after: string): Part[] {
  const [old, fresh] = [words(before), words(after)];
  const common = lengths(old, fresh);
  const parts: Part[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    if (at < old.length && old[at] === fresh[to]) {
      push(parts, 'kept', old[at++] as string);
      to += 1;
    } else if (to >= fresh.length || (at < old.length && left(common, at + 1, to) >= left(common, at, to + 1))) {
      push(parts, 'dropped', old[at++] as string);
    } else {
      push(parts, 'added', fresh[to++] as string);
    }
  }
  return parts;
}

/** One side of it: what was there before, or what is there now. */
export function side(parts: readonly Part[], wanted: 'before' | 'after'): Part[] {
  const other = wanted === 'before' ? 'added' : 'dropped';
  return parts.filter((part) => part.kind !== other);
}

/** Words with the blanks behind them, so that joined they are the text again. */
function words(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

/** How many words two texts have in common, from each pair of places on. */
function lengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  for (let at = old.length - 1; at >= 0; at -= 1) {
    const row = table[at] as number[];
    for (let to = fresh.length - 1; to >= 0; to -= 1) {
      row[to] = old[at] === fresh[to] ? left(table, at + 1, to + 1) + 1 : Math.max(left(table, at + 1, to), row[to + 1] ?? 0);
    }
  }
  return table;
}

function left(table: readonly number[][], at: number, to: number): number {
  return table[at]?.[to] ?? 0;
}

function push(parts: Part[], kind: Part['kind'], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
}
