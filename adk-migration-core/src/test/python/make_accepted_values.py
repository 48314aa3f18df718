"""Prints which JSON values adk-python takes for each field of the models in an event, for AcceptedValueTests.

The result is a resource of the core's tests, accepted-values.tsv. Values that it takes are "1", the others "0".
"""

import json
import typing
import warnings

import pydantic
from google.adk.events.event import Event

VALUES = ['null', 'true', '1', '5', '5.0', '5.5', '"x"', '"5"', '" 5 "', '"5.0"', '"5.5"', '"yes"', '"YQ=="', '"+-AA"',
          '"NULL_VALUE"', '[]', '{}', '[null]', '[5]', '["5"]', '[5.5]', '["x"]', '[true]', '[{}]', '[[]]']
COLUMNS = ['content', 'grounding_metadata', 'usage_metadata', 'citation_metadata', 'input_transcription',
           'output_transcription']


def accepts(event):
    try:
        Event.model_validate({'author': 'a', 'invocation_id': 'i', 'id': 'e', 'timestamp': 1.0} | event)
        return '1'
    except Exception:
        return '0'


def model(annotation):
    """Return the model that a field holds, and whether it holds a list of them."""
    for option in typing.get_args(annotation):
        if isinstance(option, type) and issubclass(option, pydantic.BaseModel):
            return option, False
        for element in typing.get_args(option) if typing.get_origin(option) is list else ():
            if isinstance(element, type) and issubclass(element, pydantic.BaseModel):
                return element, True
    return None


def fields(owner, around, seen):
    for name, field in owner.model_fields.items():
        yield around % ('{"%s": %%s}' % name)
        inner = model(field.annotation)
        if inner and inner[0] not in seen:
            yield from fields(inner[0], around % ('{"%s": %s}' % (name, '[%s]' if inner[1] else '%s')), seen | {inner[0]})


warnings.simplefilter('ignore')
print('# Made by make_accepted_values.py with google-adk 2.13.0.')
print('\t'.join(['values', ''] + VALUES))
for column in COLUMNS:
    for path in ['%s', *fields(model(Event.model_fields[column].annotation)[0], '%s', set())]:
        verdicts = ''.join(accepts({column: json.loads(path % value)}) for value in VALUES)
        print(column, path.replace('%s', '$'), verdicts, sep='\t')
