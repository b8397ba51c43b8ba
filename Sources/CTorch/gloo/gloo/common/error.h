// See README.md at the top of these folders: nothing of it is needed.
#pragma once
