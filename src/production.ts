// Imported first by main.ts, because libraries read NODE_ENV when they are loaded. In production graphql-js skips checks for several copies of itself.
process.env.NODE_ENV ??= 'production';
