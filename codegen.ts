import type { CodegenConfig } from '@graphql-codegen/cli';

/** Generates a typed syntax tree for each document. The generated files run under Node's type stripping without a build. */
const typedDocuments = (documents: string) => ({
  documents,
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false, skipIndexFile: true },
  config: {
    strictScalars: true,
    useTypeImports: true,
    scalars: {
      ID: 'string',
      Date: 'string',
      DateTime: 'string',
      JSON: 'unknown',
      JSONObject: 'Record<string, unknown>',
      PhoneNumberString: 'string',
      SafeInt: 'number',
      URL: 'string',
    },
  },
});

// Checked against the printed schema: what the REST contracts run, and what the example of a typed client asks for.
const config: CodegenConfig = {
  schema: 'src/graphql/schema.graphql',
  importExtension: '.ts',
  generates: {
    'src/generated/graphql/': typedDocuments('src/rest/**/*.graphql'),
    'test/generated/graphql/': typedDocuments('test/clients/typed/*.graphql'),
  },
};

export default config;
