// What the fields of one form share of files: those that were chosen, what the record has already, and
// where the place and the time that a camera claims may go.

import { getContext, setContext } from 'svelte';
import { takeIn, type DraftFile } from './files';
import type { Attachment } from './types';

const KEY = Symbol('files of a form');

/** A field of the form that can be filled in from a photograph. */
export interface Target {
  label: string;
  /** Whether something would be overwritten. */
  isFilled: boolean;
  use: (text: string) => void;
}

/** Of a time; a day alone is asked where the field is a date. */
export interface TimeTarget extends Target {
  isDay: boolean;
}

export class FormFiles {
  readonly user: string;
  readonly bytesMax: number;
  all = $state.raw<DraftFile[]>([]);
  /** What the record has. */
  attached = $state.raw<Attachment[]>([]);
  mayAttach = $state(true);
  place = $state.raw<Target | null>(null);
  time = $state.raw<TimeTarget | null>(null);

  constructor(user: string, bytesMax: number) {
    [this.user, this.bytesMax] = [user, bytesMax];
  }

  of(field: string | null): DraftFile[] {
    return this.all.filter((one) => one.field === field);
  }

  /** Takes a file in and keeps it; one that is here already counts once. */
  async add(file: File, field: string | null): Promise<DraftFile> {
    const taken = await takeIn(this.user, file, field, this.bytesMax);
    if (!this.of(field).some((one) => one.hash === taken.hash)) this.all = [...this.all, taken];
    return taken;
  }

  remove(file: DraftFile): void {
    this.all = this.all.filter((one) => one !== file);
  }
}

export function giveFiles(files: FormFiles): FormFiles {
  return setContext(KEY, files);
}

/** The files of the form around; nothing where a field stands alone, as in a step of a workflow. */
export function filesAround(): FormFiles | undefined {
  return getContext<FormFiles | undefined>(KEY);
}
