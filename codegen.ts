import type { CodegenConfig } from '@graphql-codegen/cli';

// The documents of the REST contracts as typed syntax trees, checked against the printed schema: src/generated/graphql.
const config: CodegenConfig = {
  schema: 'src/graphql/schema.graphql',
  documents: 'src/rest/**/*.graphql',
  // The generated files run as they are, under Node's type stripping.
  importExtension: '.ts',
  generates: {
    'src/generated/graphql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, skipIndexFile: true },
      config: {
        strictScalars: true,
        useTypeImports: true,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          JSONObject: 'Record<string, unknown>',
          PhoneNumberString: 'string',
          SafeInt: 'number',
          URL: 'string',
        },
      },
    },
  },
};

export default config;
