// Whether single keys do something wherever one is on the picture. Who speaks to the machine, or strikes keys
// by accident, switches them off.

import { remember, remembered } from './storage';

const STORED = 'casque-keys';
const OFF = 'off';
let areOn = $state(remembered(STORED) !== OFF);

export const shortcuts = {
  get areOn(): boolean {
    return areOn;
  },
  set areOn(wanted: boolean) {
    areOn = wanted;
    remember(STORED, wanted ? 'on' : OFF);
  },
};
