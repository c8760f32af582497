import type { CodegenConfig } from '@graphql-codegen/cli';

/** Documents as typed syntax trees, one constant each. The generated files run as they are, under Node's type stripping. */
const typedDocuments = (documents: string) => ({
  documents,
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false, skipIndexFile: true },
  config: {
    strictScalars: true,
    useTypeImports: true,
    scalars: {
      ID: 'string',
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
