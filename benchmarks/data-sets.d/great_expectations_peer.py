"""The checks of orders.json with Great Expectations on pandas: `great_expectations_peer.py FOLDER`.

Prints {"read": seconds, "validate": seconds, "passed": how many of the eight, "peakBytes": ...}.
"""
import json
import resource
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd

COUNTRIES = ["AT", "BE", "CZ", "DE", "DK", "ES", "FI", "FR", "IE", "IT"]

context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
started = time.monotonic()
frame = pd.read_parquet(sys.argv[1])
read = time.monotonic() - started

batches = context.data_sources.add_pandas("files").add_dataframe_asset("orders").add_batch_definition_whole_dataframe("all")
suite = gx.ExpectationSuite(name="orders", expectations=[
    gxe.ExpectTableRowCountToBeBetween(min_value=1000),
    gxe.ExpectColumnValuesToNotBeNull(column="discount", mostly=0.98),
    gxe.ExpectColumnValuesToBeUnique(column="id"),
    gxe.ExpectColumnValuesToBeBetween(column="price", min_value=0, max_value=1000),
    gxe.ExpectColumnValuesToBeInSet(column="country", value_set=COUNTRIES),
    gxe.ExpectColumnMeanToBeBetween(column="price", min_value=450, max_value=550),
    gxe.ExpectColumnStdevToBeBetween(column="price", min_value=250, max_value=330),
    gxe.ExpectColumnMaxToBeBetween(column="quantity", max_value=20),
])
started = time.monotonic()
batch = batches.get_batch(batch_parameters={"dataframe": frame})
result = batch.validate(suite, result_format="BOOLEAN_ONLY")
validate = time.monotonic() - started
print(json.dumps({
    "read": read, "validate": validate, "passed": sum(r.success for r in result.results),
    "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
