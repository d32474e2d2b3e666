// GraphiQL keeps its tabs in the browser. The scope changes with the tabs that the gateway offers, so that a new
// release shows its new tabs instead of those of the last visit.
export function scopedStorage(storage, scope) {
  const prefix = `playground:${scope}:`;
  const keys = () => Object.keys(storage).filter((key) => key.startsWith(prefix));
  return {
    get length() {
      return keys().length;
    },
    getItem: (key) => storage.getItem(prefix + key),
    setItem: (key, value) => storage.setItem(prefix + key, value),
    removeItem: (key) => storage.removeItem(prefix + key),
    clear: () => keys().forEach((key) => storage.removeItem(key)),
  };
}
