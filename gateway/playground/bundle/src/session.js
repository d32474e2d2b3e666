// What the page remembers between requests. Rules come from the gateway's settings:
//   { path, as: "bearer" }   the value found at `path` of an answer's data is sent as the bearer token from then on
//   { path, replaces: text } the value found there is sent wherever a variable equals `text`
// Nothing here outlives the browser tab.
const KEY = 'playground:session';

export class Session {
  #listeners = new Set();

  constructor(rules, storage) {
    this.rules = rules;
    this.storage = storage;
    this.values = JSON.parse(storage.getItem(KEY) ?? '{}');
  }

  learn(data) {
    const found = this.rules
      .map((rule) => [rule.path, rule.path.split('.').reduce((value, key) => value?.[key], data)])
      .filter(([, value]) => typeof value === 'string');
    if (found.length) this.#change({ ...this.values, ...Object.fromEntries(found) });
  }

  forget() {
    this.#change({});
  }

  dropBearer() {
    const bearers = new Set(this.rules.filter((rule) => rule.as === 'bearer').map((rule) => rule.path));
    this.#change(Object.fromEntries(Object.entries(this.values).filter(([path]) => !bearers.has(path))));
  }

  headers() {
    const bearer = this.rules.find((rule) => rule.as === 'bearer' && this.values[rule.path]);
    return bearer ? { Authorization: `Bearer ${this.values[bearer.path]}` } : {};
  }

  substitute(value) {
    if (Array.isArray(value)) return value.map((item) => this.substitute(item));
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.substitute(item)]));
    }
    const rule = this.rules.find((each) => each.replaces !== undefined && each.replaces === value);
    return (rule && this.values[rule.path]) ?? value;
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = () => this.values;

  #change(values) {
    this.values = values;
    this.storage.setItem(KEY, JSON.stringify(values));
    this.#listeners.forEach((listener) => listener());
  }
}
