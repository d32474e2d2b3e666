// The playground page: GraphiQL on the gateway's own endpoint, with tabs and session rules from the page's config.
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import React from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/graphiql.css';
import './page.css';
import { Session } from './session.js';
import { sessionPlugin } from './session_plugin.jsx';
import { scopedStorage } from './storage.js';

const config = JSON.parse(document.getElementById('playground-config').textContent);
const session = new Session(config.remember, window.sessionStorage);
const plain = createGraphiQLFetcher({ url: config.endpoint, headers: { 'graphql-client-name': 'playground' } });

// Sends what the session remembers, and lets the session learn from each answer.
async function fetcher(params, options) {
  const sent = { ...params, variables: session.substitute(params.variables) };
  const headers = { ...session.headers(), ...options?.headers };
  const answer = await plain(sent, { ...options, headers });
  return answer?.[Symbol.asyncIterator] ? observed(answer) : learned(answer);
}

async function* observed(answers) {
  for await (const answer of answers) yield learned(answer);
}

function learned(answer) {
  if (answer?.data) session.learn(answer.data);
  return answer;
}

const root = createRoot(document.getElementById('playground'));
root.render(
  <GraphiQL
    fetcher={fetcher}
    storage={scopedStorage(window.localStorage, config.revision)}
    defaultTabs={config.tabs}
    defaultQuery={config.welcome}
    plugins={[sessionPlugin(session)]}
    defaultEditorToolsVisibility="variables"
    shouldPersistHeaders={false}
  >
    <GraphiQL.Logo>{config.title}</GraphiQL.Logo>
  </GraphiQL>,
);
