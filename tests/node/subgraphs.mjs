// Strict subgraphs of Apollo's library over HTTP. One JSON object a line in, one out:
//   {"serve": {path: {"sdl", "data"}}}  ->  {"port"}    each is at http://HOST:port/path; what was there before is gone
//   {"asked": true}  ->  [{"path", "query", "variables"}]    since the last time
// SDL and data are as for gateway/testing/data_subgraph.py. A request is answered only when it is what a careful server
// takes: a valid document, no variable that it does not declare, representations of a whole key with nothing in them
// but keys and required fields, external fields only where they were provided or sent along.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, execute, getNamedType, isCompositeType, isObjectType, parse, validate } from 'graphql';

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
const MACHINERY = new Set(['_Any', '_Entity', '_Service', '_entities', '_service']);
const FIELD_SET = 'fields';

const has = Object.hasOwn; // fields may be called toString

// --- field sets: [{name, inner}] and [{on, inner}] ---

function fieldSet(text) {
  const read = (set) =>
    set.selections.map((each) =>
      each.kind === 'Field'
        ? { name: each.name.value, inner: each.selectionSet ? read(each.selectionSet) : null }
        : { on: each.typeCondition?.name.value, inner: read(each.selectionSet) },
    );
  return read(parse(`{ ${text} }`).definitions[0].selectionSet);
}

// What is selected below a field; null when the field is not.
function below(selections, name) {
  let found = null;
  for (const each of selections) {
    const inner = each.name === undefined ? below(each.inner, name) : each.name === name ? (each.inner ?? []) : null;
    if (inner !== null) found = [...(found ?? []), ...inner];
  }
  return found;
}

// The selected part of what was sent, with the type where fragments ask for it, and the names of what was not.
function selected(sent, selections, missing) {
  const found = {};
  for (const { name, on, inner } of selections) {
    if (name === undefined) {
      if (sent.__typename === undefined) missing.push('__typename');
      else found.__typename = sent.__typename;
      if (on === sent.__typename) Object.assign(found, selected(sent, inner, missing));
    } else if (!has(sent, name)) missing.push(name);
    else found[name] = selectedInside(sent[name], inner, missing);
  }
  return found;
}

function selectedInside(value, inner, missing) {
  if (inner === null || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => selectedInside(each, inner, missing));
  return selected(value, inner, missing);
}

// Paths of members that nobody asked for.
function strangers(sent, allowed, path) {
  if (Array.isArray(sent)) return sent.flatMap((each) => strangers(each, allowed, path));
  if (sent === null || typeof sent !== 'object') return [];
  return Object.entries(sent).flatMap(([name, value]) => {
    if (name === '__typename') return [];
    const inner = below(allowed, name);
    if (inner === null) return [[...path, name].join('.')];
    return inner.length ? strangers(value, inner, [...path, name]) : [];
  });
}

// JSON text as Python writes it, keys in order.
function shown(value) {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}: ${shown(value[key])}`).join(', ')}}`;
}

// --- one subgraph ---

const directivesOf = (node) => node?.directives ?? [];

function argument(directive, name) {
  return directive.arguments.find((each) => each.name.value === name)?.value.value;
}

function definitionsIn(document) {
  const types = new Map();
  for (const node of document.definitions) {
    if (!/^(Object|Interface)Type/.test(node.kind)) continue;
    const type = types.get(node.name.value) ?? { keys: [], fields: new Map(), isExternal: false };
    types.set(node.name.value, type);
    for (const each of directivesOf(node)) {
      if (each.name.value === 'key') type.keys.push(fieldSet(argument(each, FIELD_SET)));
      if (each.name.value === 'external') type.isExternal = true;
    }
    for (const field of node.fields ?? []) {
      const marks = Object.fromEntries(directivesOf(field).map((each) => [each.name.value, each]));
      type.fields.set(field.name.value, {
        isExternal: 'external' in marks,
        requires: marks.requires && fieldSet(argument(marks.requires, FIELD_SET)),
        provides: marks.provides && fieldSet(argument(marks.provides, FIELD_SET)),
      });
    }
  }
  return types;
}

class Subgraph {
  constructor({ sdl, data }) {
    const document = parse(sdl);
    this.data = data ?? {};
    this.definitions = definitionsIn(document);
    this.schema = buildSubgraphSchema({ typeDefs: document });
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (type.name.startsWith('__') || MACHINERY.has(type.name)) continue;
      if (isObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          if (!MACHINERY.has(field.name)) field.resolve = (...given) => this.resolve(...given);
        }
      } else if ('resolveType' in type) type.resolveType = (source) => this.typeName(source);
      if (this.definitions.get(type.name)?.keys.length) {
        const resolveReference = (representation) => this.entity(representation);
        type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
      }
    }
  }

  resolve(source, args, _context, info) {
    const { fieldName, parentType } = info;
    const values = ROOTS.has(parentType.name) ? (this.data[parentType.name] ?? {}) : source.values;
    const definition = this.definitions.get(parentType.name)?.fields.get(fieldName) ?? {};
    const sent = source?.representation ?? {};
    const promised = below(source?.provided ?? [], fieldName);
    if (has(sent, fieldName) && !has(values, fieldName)) return this.value(sent[fieldName], args, info, []);
    if (definition.isExternal && promised === null && !has(sent, fieldName) && !this.isKeyField(parentType.name, fieldName)) {
      throw new GraphQLError(`${parentType.name}.${fieldName} is external here`);
    }
    if (definition.requires && !has(values, fieldName)) {
      return this.computed(fieldName, { ...this.providedOf(source, definition.requires), ...sent }, definition.requires);
    }
    return this.value(values[fieldName], args, info, [...(definition.provides ?? []), ...(promised ?? [])]);
  }

  isKeyField(typeName, fieldName) {
    return this.definitions.get(typeName).keys.some((key) => below(key, fieldName) !== null);
  }

  // What a field requires of its object and was provided on the way here.
  providedOf(source, required) {
    const provided = required.filter(({ name }) => name !== undefined && below(source.provided ?? [], name) !== null);
    return Object.fromEntries(provided.map(({ name, inner }) => [name, this.plain(source.values[name], inner)]));
  }

  plain(value, inner) {
    if (Array.isArray(value)) return value.map((each) => this.plain(each, inner));
    if (value === null || typeof value !== 'object' || inner === null) return value;
    const { values } = '$ref' in value ? this.value(value, {}, null, []) : { values: value };
    return Object.fromEntries(inner.map((each) => [each.name, this.plain(values[each.name], each.inner)]));
  }

  computed(name, sent, required) {
    const missing = [];
    const given = selected(sent, required, missing);
    if (missing.length) throw new GraphQLError(`${name} was asked for without ${missing}`);
    return `${name} of ${shown(given)}`;
  }

  value(value, args, info, provided) {
    if (Array.isArray(value)) return value.map((each) => this.value(each, args, info, provided));
    if (value === null || typeof value !== 'object') return value;
    if ('$error' in value) return new GraphQLError(value.$error, { extensions: { code: value.code ?? 'INTERNAL' } });
    if ('$by' in value) {
      const chosen = args[value.$by];
      return this.value(value[typeof chosen === 'string' ? chosen : shown(chosen ?? null)], args, info, provided);
    }
    if ('$told' in value) {
      const isPlain = value.$told === null || !Object.keys(args).length;
      return isPlain ? value.$told : `${value.$told}/${shown(args)}`;
    }
    if ('$ref' in value) {
      const [typeName, ...key] = value.$ref.split('/');
      return { typeName, values: this.data[typeName]?.[key.join('/')] ?? {}, provided };
    }
    return isCompositeType(getNamedType(info.returnType)) ? { typeName: value.__typename, values: value, provided } : value;
  }

  entity(representation) {
    const { __typename: name } = representation;
    const definition = this.definitions.get(name);
    const lacks = definition.keys.map((key) => {
      const missing = [];
      selected(representation, key, missing);
      return missing;
    });
    if (lacks.every((missing) => missing.length)) throw new GraphQLError(`no whole key of ${name}: ${shown(representation)}`);
    const required = [...definition.fields.values()].flatMap((field) => field.requires ?? []);
    const unasked = strangers(representation, [...definition.keys.flat(), ...required], [name]);
    if (unasked.length) throw new GraphQLError(`nobody asked for ${unasked}`);
    const key = definition.keys.flat();
    const values = Object.values(this.data[name] ?? {}).find((each) => this.fits(representation, each, key));
    // The library sets __typename on what a reference resolves to.
    return values ? { typeName: values.__typename ?? name, values, representation, knownAs: name } : null;
  }

  // Whether what was sent of the key is what is known of it.
  fits(sent, known, key) {
    const values = known.$ref ? this.value(known, {}, null, []).values : known;
    const common = Object.keys(sent).filter((name) => below(key, name) !== null && has(values, name));
    return common.length > 0 && common.every((name) => this.agrees(sent[name], values[name], below(key, name)));
  }

  agrees(sent, known, key) {
    if (Array.isArray(sent)) return sent.length === known?.length && sent.every((each, i) => this.agrees(each, known[i], key));
    if (sent && known && typeof sent === 'object') return this.fits(sent, known, key);
    return sent === known;
  }

  typeName({ knownAs, typeName }) {
    return knownAs && isObjectType(this.schema.getType(knownAs)) ? knownAs : typeName;
  }

  async execute({ query, variables, operationName }) {
    let document;
    try {
      document = parse(query);
    } catch (error) {
      return [400, { errors: [error] }];
    }
    const errors = validate(this.schema, document);
    if (errors.length) return [400, { errors }];
    const declared = document.definitions.flatMap((each) => each.variableDefinitions ?? []);
    const unknown = Object.keys(variables ?? {}).filter((name) => declared.every((each) => each.variable.name.value !== name));
    if (unknown.length) return [400, { errors: [new GraphQLError(`undeclared variables ${unknown}`)] }];
    return [200, await execute({ schema: this.schema, document, variableValues: variables, operationName, rootValue: {} })];
  }
}

// --- HTTP ---

let subgraphs = new Map();
let asked = [];

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const subgraph = subgraphs.get(request.url.slice(1));
  let [status, body] = [404, { errors: [{ message: `nothing is at ${request.url}` }] }];
  if (subgraph && request.method === 'POST' && request.headers['content-type']?.startsWith('application/json')) {
    const operation = JSON.parse(Buffer.concat(chunks).toString());
    asked.push({ path: request.url.slice(1), ...operation });
    [status, body] = await subgraph.execute(operation);
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ message: String(error.stack) }] }));
  });
});
await new Promise((listening) => server.listen({ port: 0, host: '127.0.0.1' }, listening));

for await (const line of createInterface({ input: process.stdin })) {
  const { serve } = JSON.parse(line);
  let told = asked;
  asked = [];
  if (serve) {
    try {
      subgraphs = new Map(Object.entries(serve).map(([path, each]) => [path, new Subgraph(each)]));
      told = { port: server.address().port };
    } catch (error) {
      told = { error: String(error.stack) };
    }
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
server.close();
server.closeAllConnections();
