// Other routers on a supergraph, answering over our subgraphs. One JSON object a line in, one out:
//   {"router": "hive" | "apollo", "supergraph": SDL, "urls": {name: url}, "secret", "identity", "query", "variables"}
// A hook in each signs what it sends, as our subgraphs ask for; identity is the header's value for the caller.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { createGatewayRuntime, useCustomFetch } from '@graphql-hive/gateway-runtime';
import { parse } from 'graphql';

function signature(secret, { audience, path, identity, body }) {
  const now = Math.floor(Date.now() / 1000);
  const nonce = randomBytes(12).toString('hex');
  const digest = createHash('sha256').update(body).digest('hex');
  const text = ['POST', path, audience, identity, digest, now, nonce].join('\n');
  return `v1,${now},${nonce},${createHmac('sha256', secret).update(text).digest('hex')}`;
}

function signing({ urls, secret, identity }) {
  const audiences = Object.fromEntries(Object.entries(urls).map(([name, url]) => [url, name]));
  return (url, options) => {
    const audience = audiences[url];
    const headers = new Headers(options.headers);
    const path = new URL(url).pathname;
    headers.set('x-agora-signature', signature(secret, { audience, path, identity, body: options.body }));
    if (identity) headers.set('x-agora-identity', identity);
    return fetch(url, { ...options, headers });
  };
}

async function hive(question) {
  const runtime = createGatewayRuntime({
    supergraph: question.supergraph,
    logging: false,
    maskedErrors: false,
    plugins: () => [useCustomFetch(signing(question))],
  });
  const response = await runtime.fetch('http://router.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: question.query, variables: question.variables }),
  });
  return response.json();
}

async function apollo(question) {
  const gateway = new ApolloGateway({
    supergraphSdl: question.supergraph,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    buildService: ({ url }) => new RemoteGraphQLDataSource({ url, fetcher: signing(question) }),
  });
  const { executor } = await gateway.load();
  const result = await executor({
    document: parse(question.query),
    request: { query: question.query, variables: question.variables, http: { headers: new Headers() } },
    operationName: null,
    queryHash: createHash('sha256').update(question.query).digest('hex'),
    context: {},
    cache: new Map(),
    schema: gateway.schema,
  });
  await gateway.stop();
  return JSON.parse(JSON.stringify(result));
}

const routers = { hive, apollo };
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = await routers[question.router](question);
  } catch (error) {
    answer = { thrown: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
