import { describe, expect, test } from 'vitest';
import { changes, draftOf, password, type User } from './users';

const user: User = {
  name: 'awa', display: 'Awa', roles: ['watch', 'analyst'], areas: ['ML05'], compartments: [], clearance: 'confidential', disabled: false, totp: true,
};

describe('the form of a user', () => {
  test('says nothing that was not changed, whatever the order', () => {
    expect(changes(user, draftOf(user, []))).toEqual({});
    expect(changes(user, { ...draftOf(user, []), roles: ['analyst', 'watch'] })).toEqual({});
  });

  test('says what was changed and no more', () => {
    const draft = { ...draftOf(user, []), display: '  ', areas: [], roles: ['watch'] };
    expect(changes(user, draft)).toEqual({ display: null, areas: [], roles: ['watch'] });
  });

  test('does not change the user while it is filled in', () => {
    draftOf(user, []).roles.push('administrator');
    expect(user.roles).toEqual(['watch', 'analyst']);
  });

  test('begins with the lowest clearance for somebody new', () => {
    expect(draftOf(null, ['unclassified', 'confidential']).clearance).toBe('unclassified');
  });
});

describe('a password that is passed on', () => {
  test('has every letter as often, and none that looks like another', () => {
    const all = password(Uint8Array.from({ length: 256 }, (_, index) => index)).replaceAll('-', '');
    const counts = new Map<string, number>();
    for (const letter of all) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(32);
    expect(new Set(counts.values())).toEqual(new Set([8]));
    expect(all).not.toMatch(/[l1o0]/);
  });

  test('is read out in fours', () => {
    expect(password(new Uint8Array(16))).toBe('aaaa-aaaa-aaaa-aaaa');
  });
});
