// Hive Gateway with its Rust query planner, logging off, the Authorization header passed on.
import { defineConfig } from "@graphql-hive/gateway";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";

export const gatewayConfig = defineConfig({
  supergraph: process.env.BENCHMARK_SUPERGRAPH,
  host: "127.0.0.1",
  port: Number(process.env.BENCHMARK_PORT),
  unifiedGraphHandler,
  logging: false,
  graphiql: false,
  landingPage: false,
  maskedErrors: true,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get("authorization") }),
  },
});
