// The side panel that shows what the session remembers, so that nothing is sent behind the user's back.
import React, { useSyncExternalStore } from 'react';

const Icon = () => (
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <circle cx="12" cy="8" r="4" />
    <path d="M4 20c1.5-4 4.5-6 8-6s6.5 2 8 6" />
  </svg>
);

function describe(rule, value) {
  if (rule.as === 'bearer') return `Requests are sent with the token of ${rule.path}.`;
  return `${rule.replaces} in variables is sent as ${value}.`;
}

export function sessionPlugin(session) {
  function Panel() {
    const values = useSyncExternalStore(session.subscribe, session.snapshot);
    const active = session.rules.filter((rule) => values[rule.path]);
    return (
      <section className="session-panel" aria-label="Session">
        <h2>Session</h2>
        {active.length === 0 && <p>Nothing remembered yet. Run “Sign in” to send later requests with its token.</p>}
        <ul>
          {active.map((rule) => (
            <li key={rule.path}>{describe(rule, values[rule.path])}</li>
          ))}
        </ul>
        {active.length > 0 && (
          <button type="button" className="graphiql-un-styled" onClick={() => session.forget()}>
            Forget all
          </button>
        )}
      </section>
    );
  }
  return { title: 'Session', icon: Icon, content: Panel };
}
