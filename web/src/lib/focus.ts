// Where the keyboard goes on when what it was on has gone.

/** For what appears in the place of the thing that was just used: `{@attach focused}`. */
export function focused(element: HTMLElement): void {
  element.focus();
}
