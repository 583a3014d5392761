// A stand-in for the node while the pages are worked on without one: `npm run mock`. Never shipped.

import type { Plugin } from 'vite';

export function mock(): Plugin {
  return {
    name: 'casque-mock',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const answer = answers(request.url ?? '');
        if (answer === undefined) return next();
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(answer));
      });
    },
  };
}

function answers(url: string): unknown {
  const path = url.split('?')[0];
  if (path === '/api/session') return SESSION;
  if (path === '/api/registers') return [{ name: 'incident', title: 'Incident', count: 2, can: { create: true, export: true } }];
  return undefined;
}

const SESSION = {
  user: {
    name: 'admin', display: 'Watch officer', roles: [{ name: 'administrator', title: 'System administrator' }],
    clearance: 'confidential', areas: [], compartments: [], totp: false, administers: true,
  },
  mission: {
    name: 'minusma', title: 'MINUSMA', languages: ['en', 'fr'], bounds: [-12.3, 10.1, 4.3, 25.1],
    time_zone: 'Africa/Bamako', fictional: false, exercise: false, countries: ['ML'],
  },
  language: 'en', expires: '2026-12-01T00:00:00Z', idle_seconds: 1800, version: '0.1.0',
};
