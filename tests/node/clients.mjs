// Real clients against a live gateway. One JSON object a line in, one out:
//   {"client": "apollo" | "urql" | "graphql-request", "url", "query", "variables", "token"}  ->  {"data"} or {"error"}
import { createInterface } from 'node:readline';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { cacheExchange, createClient, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { parse, Kind } from 'graphql';

const headers = (token) => (token ? { authorization: `Bearer ${token}` } : {});

const isMutation = (query) =>
  parse(query).definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === 'mutation');

const clients = {
  async apollo({ url, query, variables, token }) {
    const link = ApolloLink.from([new HttpLink({ uri: url, headers: headers(token) })]);
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const { data } = isMutation(query)
      ? await client.mutate({ mutation: gql(query), variables })
      : await client.query({ query: gql(query), variables });
    return data;
  },
  async urql({ url, query, variables, token }) {
    const client = createClient({
      url,
      exchanges: [cacheExchange, fetchExchange],
      fetchOptions: { headers: headers(token) },
      preferGetMethod: false,
    });
    const operation = isMutation(query) ? client.mutation(query, variables) : client.query(query, variables);
    const { data, error } = await operation.toPromise();
    if (error) throw error;
    return data;
  },
  async 'graphql-request'({ url, query, variables, token }) {
    return new GraphQLClient(url, { headers: headers(token) }).request(query, variables);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { data: await clients[question.client](question) };
  } catch (error) {
    answer = { error: String(error?.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
