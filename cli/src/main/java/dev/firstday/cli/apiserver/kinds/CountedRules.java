package dev.firstday.cli.apiserver.kinds;

/** For kinds whose only way is that the changes of their spec are counted. */
record CountedRules() implements KindRules {

  @Override
  public boolean hasGeneration() {
    return true;
  }
}
