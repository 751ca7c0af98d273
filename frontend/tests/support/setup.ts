import { server } from "../../src/api/server.ts";
import { answerFrom } from "../../src/api/source.ts";

answerFrom(server);
