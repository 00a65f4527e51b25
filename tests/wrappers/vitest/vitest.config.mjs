export default {
  test: {include: ['*.case.mjs'], globalSetup: ['./global_setup.mjs'], watch: false},
};
