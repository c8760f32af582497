// No datasource: `prisma generate`, `validate` and `format` need none, and `parley migrate` applies the migrations.
export default { schema: '../prisma/schema.prisma', migrations: { path: '../prisma/migrations' } };
