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

// Sends what the session remembers, and lets the session learn from each answer. A token that the gateway no longer
// takes is dropped, and the operation sent again without it: the answer then says what needs signing in.
async function fetcher(params, options) {
  const sent = { ...params, variables: session.substitute(params.variables) };
  const bearer = session.headers();
  const answer = await plain(sent, { ...options, headers: { ...bearer, ...options?.headers } });
  return answer?.[Symbol.asyncIterator] ? observed(answer, sent, options, bearer) : learned(answer);
}

async function* observed(answers, sent, options, bearer) {
  for await (const answer of answers) {
    if (bearer.Authorization && refusesToken(answer)) {
      session.dropBearer();
      yield* observed(await plain(sent, options), sent, options, {});
      return;
    }
    yield learned(answer);
  }
}

function refusesToken(answer) {
  return !answer?.data && answer?.errors?.some((error) => error.extensions?.code === 'UNAUTHENTICATED' && !error.path);
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
